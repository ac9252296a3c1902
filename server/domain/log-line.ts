export type LogLevel = 'debug' | 'notice' | 'warn' | 'error';

/** One line of one container, as the engine recorded it. */
export type LogLine = {
  /** Position in the run's merged log, from 1, without gaps on the server. */
  seq: number;
  /** `sec.nanos` since the Unix epoch, the engine's timestamp. */
  time: string;
  /** Service name, or `lab` for the lab's own remarks. */
  source: string;
  stream: 'stdout' | 'stderr';
  /** debug: telemetry events; else the first word of a stderr line, notice without one. */
  level: LogLevel;
  /** Verbatim, without the newline; may hold ANSI sequences. */
  text: string;
};
