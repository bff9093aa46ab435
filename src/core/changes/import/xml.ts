import sax from 'sax';
import { limits } from './limits.ts';

export type Attributes = Readonly<Record<string, string>>;
export type XmlEvents = {
  open?: (name: string, attributes: Attributes) => void;
  text?: (text: string) => void;
  close?: (name: string) => void;
};

/** Deeper than any part of an Excel file. */
const deepest = 64;

const local = (name: string) => name.slice(name.indexOf(':') + 1);

/**
 * Tells what is in an XML text that comes in parts, after each of them: elements by their names without a prefix. A document
 * type is refused, and so are entities that it would declare. Throws what is wrong as an `Error`.
 */
export async function* xmlParts(parts: AsyncIterable<string>, events: XmlEvents): AsyncGenerator<void> {
  const parser = sax.parser(true, { position: false });
  let depth = 0;
  let attributes = 0;
  parser.onerror = (error) => {
    throw error;
  };
  parser.ondoctype = () => {
    throw new Error('it has a document type');
  };
  parser.onopentagstart = () => {
    attributes = 0;
  };
  parser.onattribute = () => {
    attributes += 1;
    if (attributes > limits.attributes) throw new Error('an element has too many attributes');
  };
  parser.onopentag = ({ name, attributes: own }) => {
    depth += 1;
    if (depth > deepest) throw new Error('its elements are nested too deeply');
    events.open?.(local(name), own as Record<string, string>);
  };
  const tell = (text: string) => events.text?.(text);
  parser.ontext = tell;
  parser.oncdata = tell;
  parser.onclosetag = (name) => {
    depth -= 1;
    events.close?.(local(name));
  };
  for await (const part of parts) {
    parser.write(part);
    yield;
  }
  parser.close();
}

/** Reads an XML text to its end. */
export const readXml = async (parts: AsyncIterable<string>, events: XmlEvents): Promise<void> => {
  for await (const _ of xmlParts(parts, events));
};
