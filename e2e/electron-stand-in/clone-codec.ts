import { parse, stringify } from 'devalue';

/**
 * A structured clone of a message as text. devalue writes all that a clone can hold but keys named `__proto__`, which
 * JSON carries as they are.
 */
export const packed = (message: unknown): string => {
  const clone: unknown = structuredClone(message);
  try {
    return `d${stringify(clone)}`;
  } catch {
    return `j${JSON.stringify(clone)}`;
  }
};

export type Message = { channel: string; args: unknown[] };

export const unpacked = (text: string): Message =>
  (text.startsWith('d') ? parse(text.slice(1)) : JSON.parse(text.slice(1))) as Message;
