declare module 'virtual:demo' {
  const text: string;
  export default text;
}
declare module '@vectors/*?raw' {
  const text: string;
  export default text;
}
