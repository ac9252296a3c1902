export function Kbd({ children }: { children: string }) {
  return (
    <kbd className="rounded-1 border border-line-strong px-[5px] font-medium font-mono text-11 text-fg-2 leading-4">
      {children}
    </kbd>
  );
}
