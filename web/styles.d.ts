// Style sheets are imported for their effect only; esbuild gathers them into main.css.
declare module "*.css";
