/** Formats of `Intl` are made once for a language: to make one costs as much as to use it a hundred times. */
const kept = <Options extends object, Format>(make: (language: string, options: Options) => Format) => {
  const formats = new Map<string, Format>();
  return (language: string, options: Options): Format => {
    const key = `${language} ${JSON.stringify(options)}`;
    const format = formats.get(key) ?? make(language, options);
    formats.set(key, format);
    return format;
  };
};

/** Numbers in the manner of a language; `language` and `options` as `Intl.NumberFormat` takes them. */
export const numberFormat = kept(
  (language: string, options: Intl.NumberFormatOptions) => new Intl.NumberFormat(language, options),
);

/** Spans of time from now in a language; as `Intl.RelativeTimeFormat` takes them. */
export const relativeFormat = kept(
  (language: string, options: Intl.RelativeTimeFormatOptions) =>
    new Intl.RelativeTimeFormat(language, options),
);
