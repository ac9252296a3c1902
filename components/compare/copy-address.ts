'use client';
import { toast } from 'sonner';

/** The page's address, with all that is chosen on it. */
export async function copyAddress(): Promise<void> {
  try {
    await navigator.clipboard.writeText(window.location.href);
    toast.success('Link copied.');
  } catch {
    toast.error('The browser refused to copy. The address bar holds the link.');
  }
}
