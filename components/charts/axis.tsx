'use client';

/** What every chart here shares: thin horizontal grid, one axis line, small text, colours from the tokens. */
export const AXIS_TEXT = { fontSize: 11, fill: 'var(--text-3)', fontFamily: 'var(--font-sans)' };
export const GRID = { stroke: 'var(--grid)', vertical: false };
export const AXIS_LINE = { stroke: 'var(--axis)' };

/** Nanoseconds as microseconds for an axis: 1,200 or 0.8, never more digits than the scale carries. */
export function axisMicroseconds(ns: number): string {
  const us = ns / 1000;
  if (us === 0) return '0';
  return us < 10 ? us.toFixed(1) : Math.round(us).toLocaleString('en-US');
}

/** Milliseconds since measuring began as seconds. */
export function axisSeconds(ms: number): string {
  const seconds = ms / 1000;
  return Number.isInteger(seconds) ? String(seconds) : seconds.toFixed(1);
}

/** The unit above the axis, where the reference puts it. */
export function AxisUnit({ children }: { children: string }) {
  return <div className="pb-1 pl-1 text-[11px] leading-4 text-[var(--text-3)]">{children}</div>;
}
