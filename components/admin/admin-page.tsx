import type { AdminReport } from '@/lib/chat/admin-report';
import { withBasePath } from '@/lib/chat/site-path';
import type { AdminStrings } from '@/lib/chat/strings/admin';
import styles from './admin-page.module.css';
import { DayPlot } from './day-plot';

interface AdminPageProps {
  strings: AdminStrings;
  report: AdminReport;
}

/** `2026-11-25 18:04 UTC`, for owners of servers anywhere. */
const utcTime = (ms: number): string => `${new Date(ms).toISOString().slice(0, 16).replace('T', ' ')} UTC`;

/** The admin page. The server renders it and it has no script, so its buttons are forms. */
export function AdminPage({ strings, report }: AdminPageProps) {
  const { days, models, guests, limits } = report;
  return (
    <div className={styles.scroller}>
      <main className={styles.page}>
        <Head strings={strings} report={report} />
        <Switch strings={strings} pausedSince={report.live.pausedSince} />
        <Now strings={strings} report={report} />
        <section className={styles.plots}>
          <DayPlot
            strings={strings}
            title={strings.days.turns}
            parts={[
              { name: strings.days.other, className: styles.first },
              { name: strings.days.failed, className: styles.failed },
            ]}
            days={days.map(({ date, turns, failed }) => ({ date, values: [turns - failed, failed] }))}
          />
          <DayPlot
            strings={strings}
            title={strings.days.tokens}
            parts={[
              { name: strings.days.input, className: styles.first },
              { name: strings.days.output, className: styles.second },
            ]}
            days={days.map(({ date, inputTokens, outputTokens }) => ({
              date,
              values: [inputTokens, outputTokens],
            }))}
          />
        </section>
        <UseTable strings={strings} title={strings.models.title} name={strings.models.name} rows={models} />
        <UseTable
          strings={strings}
          title={strings.guests.title}
          name={strings.guests.name}
          note={strings.guests.note}
          rows={guests.map(({ name, ...use }) => ({ ...use, name: name ?? strings.guests.others }))}
        />
        <section>
          <h2>{strings.limits.title}</h2>
          {limits.length === 0 ? (
            <p className={styles.note}>{strings.none}</p>
          ) : (
            <table>
              <thead>
                <tr>
                  <th scope="col">{strings.limits.name}</th>
                  <th scope="col">{strings.limits.count}</th>
                </tr>
              </thead>
              <tbody>
                {limits.map(({ name, count }) => (
                  <tr key={name}>
                    <th scope="row">
                      <code>{name}</code>
                    </th>
                    <td>{strings.count(count)}</td>
                  </tr>
                ))}
              </tbody>
            </table>
          )}
        </section>
      </main>
    </div>
  );
}

function Head({ strings, report: { version, startedAt, isKept } }: AdminPageProps) {
  return (
    <header className={styles.head}>
      <h1>{strings.title}</h1>
      <a className={styles.button} href={withBasePath('/admin')}>
        {strings.refresh}
      </a>
      <form method="post" action={withBasePath('/api/admin/session')}>
        <button type="submit" className={styles.button}>
          {strings.signOut}
        </button>
      </form>
      <p className={styles.about}>
        {strings.version(version)} · {strings.startedAt} {utcTime(startedAt)}
        {!isKept && (
          <>
            <br />
            {strings.unkept}
          </>
        )}
      </p>
    </header>
  );
}

function Switch({
  strings: { newMessages },
  pausedSince,
}: {
  strings: AdminStrings;
  pausedSince: number | null;
}) {
  const isPaused = pausedSince !== null;
  return (
    <section className={styles.switch} data-paused={isPaused}>
      <div>
        <h2>{newMessages.title}</h2>
        <p>{isPaused ? `${newMessages.paused} ${utcTime(pausedSince)}` : newMessages.open}</p>
        {isPaused && <p className={styles.note}>{newMessages.pausedNote}</p>}
      </div>
      <form method="post" action={withBasePath('/api/admin/turns')}>
        <button type="submit" className={styles.button} name="new" value={isPaused ? 'resume' : 'pause'}>
          {isPaused ? newMessages.resume : newMessages.pause}
        </button>
      </form>
    </section>
  );
}

function Now({ strings, report: { days, live, store } }: AdminPageProps) {
  const { now } = strings;
  const today = days.at(-1);
  const tiles: [string, number][] = [
    [now.liveReplies, live.replies],
    [now.turnsToday, today?.turns ?? 0],
    [now.tokensToday, (today?.inputTokens ?? 0) + (today?.outputTokens ?? 0)],
    [now.limitsToday, today?.limitsHit ?? 0],
  ];
  return (
    <section>
      <h2>{now.title}</h2>
      <dl className={styles.tiles}>
        {tiles.map(([name, value]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{strings.count(value)}</dd>
          </div>
        ))}
        <div>
          <dt>{now.storage}</dt>
          <dd>
            {store.driver}
            <small>
              {store.reason === null ? (
                now.latency(store.latencyMs)
              ) : (
                <code className={styles.problem}>{store.reason}</code>
              )}
              {store.storedBytes !== null && ` · ${now.stored(store.storedBytes)}`}
              {store.errors > 0 && ` · ${now.storageErrors(store.errors)}`}
              {store.warnings.map((warning) => ` · ${now.storageWarnings[warning]}`)}
            </small>
          </dd>
        </div>
      </dl>
    </section>
  );
}

interface UseTableProps {
  strings: AdminStrings;
  title: string;
  name: string;
  note?: string;
  rows: { name: string; turns: number; tokens: number }[];
}

function UseTable({ strings, title, name, note, rows }: UseTableProps) {
  const most = Math.max(1, ...rows.map(({ turns }) => turns));
  return (
    <section>
      <h2>{title}</h2>
      {note && <p className={styles.note}>{note}</p>}
      {rows.length === 0 ? (
        <p className={styles.note}>{strings.none}</p>
      ) : (
        <table>
          <thead>
            <tr>
              <th scope="col">{name}</th>
              <th scope="col">{strings.turns}</th>
              <th scope="col">{strings.tokens}</th>
            </tr>
          </thead>
          <tbody>
            {rows.map((row) => (
              <tr key={row.name}>
                <th scope="row">
                  {row.name}
                  <svg className={styles.share} aria-hidden="true">
                    <rect
                      className={styles.first}
                      width={`${(row.turns / most) * 100}%`}
                      height="100%"
                      rx="1.5"
                    />
                  </svg>
                </th>
                <td>{strings.count(row.turns)}</td>
                <td>{strings.count(row.tokens)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </section>
  );
}
