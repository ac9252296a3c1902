'use client';
import { Check, Copy } from 'lucide-react';
import { useEffect, useState } from 'react';
import { toast } from 'sonner';
import { Button } from './button';

type CopyButtonProps = { text: string; label?: string };

/** Copies and says so for two seconds. */
export function CopyButton({ text, label = 'Copy' }: CopyButtonProps) {
  const [copied, setCopied] = useState(false);
  useEffect(() => {
    if (!copied) return;
    const timer = setTimeout(() => setCopied(false), 2_000);
    return () => clearTimeout(timer);
  }, [copied]);
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(text);
      setCopied(true);
    } catch {
      // Browsers refuse without a secure context or permission; the text itself is on the page.
      toast.error('The browser refused to copy. Select the text and copy it by hand.');
    }
  };
  return (
    <Button icon={copied ? Check : Copy} kind="ghost" onClick={copy} size="small">
      <span aria-live="polite">{copied ? 'Copied' : label}</span>
    </Button>
  );
}
