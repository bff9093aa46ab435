/** What crosses between the page's world and the preload's: DOM events, whose details are structured clones. */
export type Crossing = {
  expose: { name: string; members: string[] };
  call: { id: number; name: string; member: string; args: Argument[] };
  result: { id: number; value?: unknown; error?: string };
  callback: { id: number; args: unknown[] };
};
export type Argument = { value: unknown } | { callback: number };

export const send = <Type extends keyof Crossing>(type: Type, detail: Crossing[Type]) =>
  document.dispatchEvent(new CustomEvent(`bridge:${type}`, { detail }));

/** Hears crossings until the returned function is called. */
export const hear = <Type extends keyof Crossing>(
  type: Type,
  listener: (detail: Crossing[Type]) => void,
): (() => void) => {
  const heard = (event: Event) => listener((event as CustomEvent<Crossing[Type]>).detail);
  document.addEventListener(`bridge:${type}`, heard);
  return () => document.removeEventListener(`bridge:${type}`, heard);
};
