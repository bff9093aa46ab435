/** The object, where reaching for a member that it does not have is an error that names it. */
export const loud = <T extends object>(name: string, covered: T): T =>
  new Proxy(covered, {
    get(target, key) {
      if (typeof key === 'string' && key !== 'then' && !(key in target))
        throw new Error(`The Electron stand-in has no ${name}.${key}`);
      const value: unknown = Reflect.get(target, key, target);
      return typeof value === 'function' ? value.bind(target) : value;
    },
  });
