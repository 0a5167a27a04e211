/** The bundler turns articles into text. */
declare module '*.md' {
  const text: string;
  export default text;
}
