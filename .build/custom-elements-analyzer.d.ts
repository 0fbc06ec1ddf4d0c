// What the analyser is made of; its own types name only what plug-ins see. Its command line would write package.json.
declare module '@custom-elements-manifest/analyzer/src/browser-entrypoint.js' {
  export const ts: {
    readonly ScriptTarget: { readonly ES2022: number };
    createSourceFile(path: string, text: string, target: number, setParents: boolean): object;
  };
  export function create(options: { readonly modules: object[]; readonly plugins: object[] }): unknown;
  export function litPlugin(): object[];
}
