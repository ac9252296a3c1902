'use client';

type EndLabelProps = {
  /** Index of the point that carries the label: the last one with a value. */
  at: number;
  text: string;
  color: string;
  /** Pixels to move the text so that two labels don't cover each other. */
  shift?: number;
};

type LabelPosition = { index?: number; x?: number | string; y?: number | string };

/** The series' name and last value, written at the end of its line instead of in a legend. */
export function endLabel({ at, text, color, shift = 0 }: EndLabelProps) {
  return function EndLabel({ index, x, y }: LabelPosition) {
    if (index !== at || x === undefined || y === undefined) return null;
    return (
      <text x={Number(x) + 8} y={Number(y) + 4 + shift} fontSize={11} fontWeight={600} fill={color}>
        {text}
      </text>
    );
  };
}

/** Index of the last point whose value is known, or -1. */
export function lastKnown<T>(points: readonly T[], value: (point: T) => number | null): number {
  return points.findLastIndex((point) => value(point) !== null);
}
