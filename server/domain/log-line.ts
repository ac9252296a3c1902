export const LOG_LEVELS = ['debug', 'notice', 'warn', 'error'] as const;
export type LogLevel = (typeof LOG_LEVELS)[number];

/**
 * What a line means to the protocol, if it means something: who leads (`leader`), a new view (`view`), messages sent again
 * (`resend`), something that broke or was broken on purpose (`fault`), a program attached or gone (`offload`), a step of the
 * client (`phase`).
 */
export const LOG_MARKS = ['leader', 'view', 'resend', 'fault', 'offload', 'phase'] as const;
export type LogMark = (typeof LOG_MARKS)[number];

/** One line of one container, as the engine recorded it. */
export type LogLine = {
  /** Position in the run's merged log, from 1, without gaps on the server. */
  seq: number;
  /** `sec.nanos` since the Unix epoch, the engine's timestamp; nine digits behind the point, so texts order as times do. */
  time: string;
  /** Service name, or `lab` for the lab's own remarks. */
  source: string;
  stream: 'stdout' | 'stderr';
  /** debug: telemetry events; else the first word of a stderr line, notice without one. */
  level: LogLevel;
  /** Verbatim, without the newline; may hold ANSI sequences. */
  text: string;
  mark?: LogMark;
  /** It came when later ones had been numbered already: its place is not that of its time. */
  late?: true;
};
