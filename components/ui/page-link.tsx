'use client';
import Link from 'next/link';
import { type ComponentProps, useState } from 'react';

type PageLinkProps = Omit<ComponentProps<typeof Link>, 'prefetch'>;

/**
 * A link to another page, which loads that page's script when somebody is about to go there. Next would load it as soon as the
 * link is in sight, and a page full of links would then load half the panel.
 */
export function PageLink({ onFocus, onPointerEnter, ...rest }: PageLinkProps) {
  const [near, setNear] = useState(false);
  // A file is no page: asking for it ahead would make it.
  const ahead = near && rest.download === undefined;
  return (
    <Link
      {...rest}
      onFocus={(event) => {
        setNear(true);
        onFocus?.(event);
      }}
      onPointerEnter={(event) => {
        setNear(true);
        onPointerEnter?.(event);
      }}
      prefetch={ahead ? null : false}
    />
  );
}
