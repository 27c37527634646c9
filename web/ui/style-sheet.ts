// Style sheets that are not needed for the first prompt: fetched when what they are for is first shown.

const fetched = new Map<string, Promise<void>>();

/** Adds a style sheet of the page's folder; settles when it holds. What could not be fetched is tried again next time. */
export function loadStyleSheet(name: string): Promise<void> {
  const known = fetched.get(name);
  if (known !== undefined) return known;
  const link = document.createElement("link");
  link.rel = "stylesheet";
  link.href = name;
  const loaded = new Promise<void>((resolve, reject) => {
    link.addEventListener("load", () => resolve());
    link.addEventListener("error", () => {
      fetched.delete(name);
      link.remove();
      reject(new Error(`${name} could not be loaded`));
    });
  });
  fetched.set(name, loaded);
  document.head.append(link);
  return loaded;
}
