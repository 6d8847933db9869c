/** A browser's storage as tests need it: in memory, or refusing everything. */

/** Holds what is given by key. */
export function storageWith(kept: Readonly<Record<string, string>> = {}): Storage {
  const map = new Map(Object.entries(kept));
  return {
    get length() {
      return map.size;
    },
    clear: () => map.clear(),
    getItem: (key) => map.get(key) ?? null,
    key: (index) => [...map.keys()][index] ?? null,
    removeItem: (key) => void map.delete(key),
    setItem: (key, text) => void map.set(key, text),
  };
}

/** As browsers do that are told to block all site data, or are full. */
export function brokenStorage(): Storage {
  const refuse = () => {
    throw new DOMException("refused", "SecurityError");
  };
  return { ...storageWith(), getItem: refuse, setItem: refuse, removeItem: refuse };
}
