/** What words are looked up by, whatever a door draws with. */
type Translate = (key: string) => string;

/** The words of an operation's id, or of another title of plans and jobs (`undo`, `import`). */
export const changeTitle = (t: unknown, title: string): string => {
  const words = t as Translate;
  return words(title.includes('.') ? `changes.operations.${title}` : `changes.titles.${title}`);
};

/** What a field of a change is called: its own words, or the path of a part that has none. */
export const changeField = (t: unknown, path: string): string => {
  const key = `changes.fields.${path.replaceAll('.', '_')}`;
  const words = (t as Translate)(key);
  return words === key ? path : words;
};
