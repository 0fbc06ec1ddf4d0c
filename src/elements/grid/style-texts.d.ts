/** A style sheet imported as its text: Vite's `?inline`, and the same in the test runner. */
declare module '*?inline' {
  const text: string;
  export default text;
}
