import { Button } from '@douyinfe/semi-ui-19';
import { Link } from 'wouter';
import { type Answer, act } from '../api.ts';
import { useSay } from '../lang.ts';
import { DeliveriesTable } from '../pieces/deliveries-table.tsx';
import { sure, useDo } from '../pieces/do.tsx';
import { Drawn } from '../pieces/drawn.tsx';
import { Figure, Loaded, Nothing, Page, Part, useRead } from '../pieces/read.tsx';
import { State } from '../pieces/state.tsx';
import { useMay } from '../session.ts';
import { TRIGGERS } from '../states.ts';
import { clockSeconds, exactly, lasting } from '../time.ts';

type Story = Answer<'run'>;
type Acted = Answer<'resend'>;

/** What may be done with the messages of a run, each with how many it touches. */
const Acts = ({ story }: { story: Story }) => {
  const say = useSay();
  const [perform, doing] = useDo();
  const { acts, run } = story;
  if (!useMay('operator')) return null;
  const words = { yes: say({ zh: '就这样', en: 'Do it' }), no: say({ zh: '算了', en: 'Never mind' }) };
  const todo = async (
    verb: 'resend' | 'recall' | 'cancel',
    title: string,
    content: string,
    body: object = {},
  ): Promise<void> => {
    if (!(await sure(title, content, words))) return;
    await perform(
      () => act<Acted>(`/api/runs/${run.id}/${verb}`, body),
      ({ touched }) =>
        say(
          {
            resend: { zh: `重发 ${touched} 条`, en: `${touched} are sent again` },
            recall: { zh: `撤回 ${touched} 条`, en: `${touched} are taken back` },
            cancel: { zh: `取消 ${touched} 条`, en: `${touched} stay unsent` },
          }[verb],
        ),
    );
  };
  return (
    <>
      {acts.resend > 0 && (
        <Button
          theme="solid"
          loading={doing}
          onClick={() =>
            void todo(
              'resend',
              say({ zh: `重发没有送达的 ${acts.resend} 条?`, en: `Resend the ${acts.resend} that did not arrive?` }),
              say({ zh: '已送达的不会再收到。', en: 'Whom it reached gets nothing again.' }),
            )
          }
        >
          {say({ zh: `重发 ${acts.resend}`, en: `Resend ${acts.resend}` })}
        </Button>
      )}
      {acts.resendUnknown > 0 && (
        <Button
          type="warning"
          loading={doing}
          onClick={() =>
            void todo(
              'resend',
              say({
                zh: `也重发不确定的 ${acts.resendUnknown} 条?`,
                en: `Also resend the ${acts.resendUnknown} nobody knows of?`,
              }),
              say({
                zh: '它们可能已经送达:对方可能收到两次。',
                en: 'They may have arrived: somebody may get it twice.',
              }),
              { unknown: true },
            )
          }
        >
          {say({ zh: `重发不确定的 ${acts.resendUnknown}`, en: `Resend unknown ${acts.resendUnknown}` })}
        </Button>
      )}
      {acts.cancel > 0 && (
        <Button
          loading={doing}
          onClick={() =>
            void todo(
              'cancel',
              say({ zh: `不再发剩下的 ${acts.cancel} 条?`, en: `Leave the other ${acts.cancel} unsent?` }),
              '',
            )
          }
        >
          {say({ zh: `取消 ${acts.cancel}`, en: `Cancel ${acts.cancel}` })}
        </Button>
      )}
      {acts.recall > 0 && (
        <Button
          type="danger"
          loading={doing}
          onClick={() =>
            void todo(
              'recall',
              say({ zh: `撤回 ${acts.recall} 条消息?`, en: `Take ${acts.recall} messages back?` }),
              say({ zh: '收件人会看到消息被撤回。', en: 'Recipients see that a message was recalled.' }),
            )
          }
        >
          {say({ zh: `撤回 ${acts.recall}`, en: `Recall ${acts.recall}` })}
        </Button>
      )}
    </>
  );
};

const Chapters = ({ of }: { of: Story['story'] }) => (
  <ol className="story">
    {of.map((chapter, i) => (
      // biome-ignore lint/suspicious/noArrayIndexKey: a story does not change its order
      <li key={i} className={`what-${chapter.what}`}>
        <time>{chapter.at === null ? '' : clockSeconds(chapter.at)}</time>
        <div>
          {chapter.words}
          {chapter.tookMs !== null && <span className="dim"> {lasting(chapter.tookMs)}</span>}
          {chapter.run !== null && <Link href={`/runs/${chapter.run}`}> {chapter.run.slice(0, 8)}</Link>}
        </div>
      </li>
    ))}
  </ol>
);

const Sent = ({ run }: { run: string }) => {
  const say = useSay();
  return (
    <Loaded of={useRead('sent', `/api/runs/${run}/contents`)}>
      {({ contents }) =>
        contents.length === 0 ? (
          <Nothing>{say({ zh: '没有发出内容', en: 'Nothing was sent' })}</Nothing>
        ) : (
          contents.map((part, i) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: what was sent does not change
            <div key={i}>
              {contents.length > 1 && <p className="dim">{part.recipients.join('、')}</p>}
              <Drawn part={part} />
            </div>
          ))
        )
      }
    </Loaded>
  );
};

export default function Run({ run: id }: { run: string }) {
  const say = useSay();
  return (
    <Loaded of={useRead('run', `/api/runs/${id}`)}>
      {(story) => {
        const { run, counts } = story;
        return (
          <Page
            title={
              <>
                {run.job === null ? run.name : <Link href={`/jobs/${encodeURIComponent(run.job)}`}>{run.name}</Link>}{' '}
                <State state={run.state} late={run.late} />{' '}
                {run.recalled && <span className="state tone-idle">{say({ zh: '已撤回', en: 'recalled' })}</span>}
              </>
            }
            note={
              <>
                {exactly(run.dueAt ?? run.createdAt)} ·{' '}
                {say(TRIGGERS[run.trigger] ?? { zh: run.trigger, en: run.trigger })} · <code>{run.id}</code>
              </>
            }
            acts={<Acts story={story} />}
          >
            {run.reason !== null && (
              <div className={`notice tone-${run.state === 'skipped' ? 'idle' : 'bad'}`}>
                <p>{run.reason.message}</p>
                {story.hint !== null && <p>→ {story.hint}</p>}
              </div>
            )}
            <div className="figures">
              <Figure
                n={counts.delivered}
                of={say({ zh: '已送达', en: 'delivered' })}
                tone={counts.delivered > 0 ? 'good' : 'idle'}
              />
              <Figure
                n={counts.rejected}
                of={say({ zh: '被拒绝', en: 'rejected' })}
                tone={counts.rejected > 0 ? 'bad' : 'idle'}
              />
              <Figure
                n={counts.unknown}
                of={say({ zh: '不确定', en: 'unknown' })}
                tone={counts.unknown > 0 ? 'unsure' : 'idle'}
              />
              <Figure n={counts.cancelled} of={say({ zh: '已取消', en: 'cancelled' })} />
              <Figure
                n={counts.open}
                of={say({ zh: '还在路上', en: 'on its way' })}
                tone={counts.open > 0 ? 'busy' : 'idle'}
              />
            </div>
            <div className="beside uneven">
              <Part title={say({ zh: '经过', en: 'The story' })}>
                <Chapters of={story.story} />
              </Part>
              <Part title={say({ zh: '发出的内容', en: 'What was sent' })}>
                <Sent run={run.id} />
              </Part>
            </div>
            <Part title={say({ zh: '投递', en: 'Deliveries' })}>
              {story.deliveries.length === 0 ? (
                <Nothing>{say({ zh: '没有', en: 'None' })}</Nothing>
              ) : (
                <DeliveriesTable of={story.deliveries} inRun />
              )}
              {story.more > 0 && (
                <Link href={`/deliveries?run=${run.id}`}>
                  {say({ zh: `还有 ${story.more} 条`, en: `${story.more} more` })}
                </Link>
              )}
            </Part>
          </Page>
        );
      }}
    </Loaded>
  );
}
