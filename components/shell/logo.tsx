/** One in, three out: a datagram and its clones. */
export function LogoMark() {
  return (
    <svg
      aria-hidden="true"
      className="text-accent"
      fill="none"
      height="18"
      stroke="currentColor"
      strokeLinecap="round"
      strokeWidth="1.6"
      viewBox="0 0 22 18"
      width="22"
    >
      <path d="M2 9h6M8 9l6-6.5h3M8 9h9M8 9l6 6.5h3" />
      <g fill="currentColor" stroke="none">
        <circle cx="8" cy="9" r="2.3" />
        <circle cx="19" cy="2.5" r="1.5" />
        <circle cx="19" cy="9" r="1.5" />
        <circle cx="19" cy="15.5" r="1.5" />
      </g>
    </svg>
  );
}
