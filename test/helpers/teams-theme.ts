/** The colours in which Teams shows a card on a desktop, light and dark, as Microsoft's sample host configurations give them. */

/** How to draw a card: the renderer's host configuration, and the styles of the page around it. */
export interface CardLook {
  readonly hostConfig: unknown;
  readonly css: string;
}

interface Colours {
  readonly ground: string;
  readonly emphasis: string;
  readonly text: string;
  readonly subtle: string;
  readonly accent: string;
  readonly good: string;
  readonly warning: string;
  readonly attention: string;
  readonly button: string;
}

const LIGHT: Colours = {
  ground: '#ffffff',
  emphasis: '#f3f2f1',
  text: '#252424',
  subtle: '#605e5c',
  accent: '#6264a7',
  good: '#237b4b',
  warning: '#835c00',
  attention: '#c4314b',
  button: '#e1dfdd',
};
const DARK: Colours = {
  ground: '#2d2c2c',
  emphasis: '#292828',
  text: '#ffffff',
  subtle: '#cacaca',
  accent: '#a6a7dc',
  good: '#92c353',
  warning: '#f8d22a',
  attention: '#e37d80',
  button: '#605e5c',
};

/** Blocks with a meaning have the same light grounds and dark words in both themes. */
const BLOCKS = { accent: '#c7def9', good: '#ccffcc', attention: '#ffc5b2', warning: '#ffe2b2' } as const;

const pair = (color: string, subtle = color) => ({ default: color, subtle });

function lookOf(colours: Colours): CardLook {
  const style = (backgroundColor: string, { text, subtle, accent, good, warning, attention }: Colours) => ({
    backgroundColor,
    foregroundColors: {
      default: pair(text, subtle),
      accent: pair(accent),
      good: pair(good),
      warning: pair(warning),
      attention: pair(attention),
    },
  });
  const blocks = Object.entries(BLOCKS).map(([name, ground]) => [name, style(ground, LIGHT)]);
  return {
    hostConfig: {
      supportsInteractivity: true,
      textBlock: { headingLevel: 2 },
      fontFamily: "'Segoe UI', 'Noto Sans TC', sans-serif",
      spacing: { small: 8, default: 12, medium: 16, large: 20, extraLarge: 24, padding: 16 },
      fontSizes: { small: 12, default: 14, medium: 14, large: 18, extraLarge: 24 },
      fontWeights: { lighter: 200, default: 400, bolder: 600 },
      containerStyles: {
        default: style(colours.ground, colours),
        emphasis: style(colours.emphasis, colours),
        ...Object.fromEntries(blocks),
      },
      actions: { maxActions: 6, buttonSpacing: 8, actionsOrientation: 'horizontal', actionAlignment: 'left' },
    },
    css: `body{margin:0;padding:8px;background:${colours.ground}}
#card{border:1px solid ${colours.button};border-radius:4px;overflow:hidden}
.ac-pushButton{font:600 14px 'Segoe UI',sans-serif;padding:6px 16px;border:1px solid ${colours.button};background:${colours.ground};color:${colours.text};border-radius:4px;white-space:normal!important}
.ac-pushButton div{white-space:normal!important}.ac-actionSet{flex-wrap:wrap;gap:8px}
.ac-pushButton.style-positive{background:${LIGHT.accent};color:#fff}
.ac-input{background:${colours.emphasis};color:${colours.text};border:1px solid ${colours.button};padding:6px}
.ac-input::placeholder{color:${colours.subtle};opacity:1}.ac-anchor{color:${colours.accent}}`,
  };
}

/** Both themes of Teams. */
export const TEAMS_THEMES = { light: lookOf(LIGHT), dark: lookOf(DARK) } as const;
