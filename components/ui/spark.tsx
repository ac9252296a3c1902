type SparkProps = {
  /** In time order; null draws a gap. */
  values: readonly (number | null)[];
  colour: string;
  width?: number;
  height?: number;
  /** Says what is drawn, with unit and range; without it the picture is decoration beside its figures. */
  label?: string;
  /** Fills its box sideways; the line keeps its thickness. */
  stretch?: boolean;
  /** Stretches of time that were disturbed on purpose, as shares of the width. */
  bands?: readonly { from: number; to: number }[];
};

/** A line of a few dozen points on its own scale, without axes: the shape, not the size. */
export function Spark({ values, colour, width = 96, height = 22, label, stretch = false, bands = [] }: SparkProps) {
  const path = sparkPath(values, width, height);
  return (
    <svg
      aria-hidden={label === undefined ? true : undefined}
      aria-label={label}
      className="block"
      height={height}
      preserveAspectRatio={stretch ? 'none' : undefined}
      role={label === undefined ? undefined : 'img'}
      viewBox={`0 0 ${width} ${height}`}
      width={width}
    >
      {bands.map(({ from, to }) => (
        <rect
          fill="var(--fault-fill)"
          height={height}
          key={from}
          width={Math.max(1, (to - from) * width)}
          x={from * width}
          y="0"
        />
      ))}
      <path d={path} fill="none" stroke={colour} strokeLinejoin="round" strokeWidth={1.3} vectorEffect="non-scaling-stroke" />
    </svg>
  );
}

/** The path of a spark; a null lifts the pen. */
export function sparkPath(values: readonly (number | null)[], width: number, height: number): string {
  const known = values.filter((value) => value !== null);
  if (known.length < 2) return '';
  const low = Math.min(...known);
  // A flat series is drawn in the middle; a floor on the span keeps noise of one percent from looking like a storm.
  const span = Math.max(Math.max(...known) - low, low * 0.05, 1e-9);
  const pad = 3;
  const middle = (span - (Math.max(...known) - low)) / 2;
  let pen = 'M';
  let path = '';
  values.forEach((value, index) => {
    if (value === null) {
      pen = 'M';
      return;
    }
    const x = (index / (values.length - 1)) * width;
    const y = height - pad - ((value - low + middle) / span) * (height - 2 * pad);
    path += `${pen}${x.toFixed(1)} ${y.toFixed(1)}`;
    pen = 'L';
  });
  return path;
}
