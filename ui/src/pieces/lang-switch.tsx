import { IconLanguage } from '@douyinfe/semi-icons';
import { Button } from '@douyinfe/semi-ui-19';
import type { Lang } from '../lang.ts';
import { currentLang } from '../lang.ts';

/** The other language, in its own name. */
export const LangSwitch = ({ choose }: { choose: (lang: Lang) => void }) => (
  <Button theme="borderless" icon={<IconLanguage />} onClick={() => choose(currentLang() === 'zh' ? 'en' : 'zh')}>
    {currentLang() === 'zh' ? 'English' : '中文'}
  </Button>
);
