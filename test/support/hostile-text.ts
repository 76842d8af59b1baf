import fc from 'fast-check';

/** Text made of what markup is made of, and of anything else. */
export const hostile = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 40 }),
  fc
    .array(
      fc.oneof(
        fc.constantFrom(
          '<at id=all></at>',
          '**',
          '`',
          '```\n',
          '](',
          '![x](',
          '\n',
          '\r\n',
          '| ',
          '|---|',
          '- ',
          '1. ',
          '    ',
          '> ',
          '# ',
        ),
        fc.constantFrom(
          '&lt;',
          '&#60;',
          '</font>',
          '{{ d }}',
          '{% raw %}',
          '\uF8F0',
          '\uF8F11\uF8F2',
          '\\',
          '"',
          "'",
          '===',
        ),
        fc.string({ maxLength: 4 }),
      ),
      { maxLength: 12 },
    )
    .map((parts) => parts.join('')),
);
