/** The look of Web Chat and its cards, in the colours of the surrounding page. */

const FONT =
  "'Segoe UI', system-ui, -apple-system, 'PingFang TC', 'Microsoft JhengHei', 'Noto Sans TC', sans-serif";
const INK = '#1b2733';
const QUIET = '#51606e';
/** The product's own colour, for partners without a colour. */
export const ACCENT = '#0f5c8c';

/** Web Chat's own settings. @param {string} accent #rrggbb, readable on white and under white */
export const styleOptions = (accent) => ({
  primaryFont: FONT,
  accent: accent,
  subtle: QUIET,
  backgroundColor: '#f6f8fa',
  rootHeight: '100%',
  paddingRegular: 12,
  paddingWide: 16,
  bubbleBackground: '#ffffff',
  bubbleTextColor: INK,
  bubbleBorderColor: '#dbe2e8',
  bubbleBorderRadius: 10,
  bubbleBorderWidth: 1,
  bubbleMaxWidth: 560,
  bubbleMinHeight: 38,
  bubbleFromUserBackground: accent,
  bubbleFromUserTextColor: '#ffffff',
  bubbleFromUserBorderColor: accent,
  bubbleFromUserBorderRadius: 10,
  bubbleFromUserBorderWidth: 1,
  botAvatarInitials: undefined,
  userAvatarInitials: undefined,
  hideUploadButton: true,
  sendBoxBackground: '#ffffff',
  sendBoxTextColor: INK,
  sendBoxPlaceholderColor: QUIET,
  sendBoxButtonColor: accent,
  sendBoxButtonColorOnHover: accent,
  sendBoxButtonColorOnFocus: accent,
  sendBoxBorderTop: '1px solid #dbe2e8',
  sendBoxHeight: 48,
  suggestedActionLayout: 'flow',
  suggestedActionBackgroundColor: '#ffffff',
  suggestedActionTextColor: accent,
  suggestedActionBorderColor: accent,
  suggestedActionBorderRadius: 16,
  suggestedActionBorderWidth: 1,
  suggestedActionHeight: 34,
  cardPushButtonBackgroundColor: accent,
  cardPushButtonTextColor: '#ffffff',
  transcriptOverlayButtonBackground: accent,
  adaptiveCardsParserMaxVersion: '1.5',
  autoScrollSnapOnPage: true,
  groupTimestamp: 300000,
  showAvatarInGroup: 'status',
});

const colors = (/** @type {string} */ accent) => ({
  default: { default: INK, subtle: QUIET },
  dark: { default: INK, subtle: QUIET },
  light: { default: '#ffffff', subtle: '#e7edf2' },
  accent: { default: accent, subtle: accent },
  good: { default: '#0b6a3f', subtle: '#0b6a3f' },
  warning: { default: '#8a4b00', subtle: '#8a4b00' },
  attention: { default: '#a4262c', subtle: '#a4262c' },
});

const container = (/** @type {string} */ accent) => (/** @type {string} */ backgroundColor) => ({
  backgroundColor,
  foregroundColors: colors(accent),
});

/** The cards' host config: every pair of colours has a contrast of 4.5 or more. @param {string} accent */
export const adaptiveCardsHostConfig = (accent) => ({
  fontFamily: FONT,
  supportsInteractivity: true,
  fontSizes: { small: 12, default: 14, medium: 16, large: 19, extraLarge: 23 },
  fontWeights: { lighter: 300, default: 400, bolder: 600 },
  lineHeights: { small: 17, default: 20, medium: 22, large: 26, extraLarge: 30 },
  spacing: { small: 4, default: 8, medium: 12, large: 18, extraLarge: 28, padding: 12 },
  separator: { lineThickness: 1, lineColor: '#dbe2e8' },
  containerStyles: {
    default: container(accent)('#ffffff'),
    emphasis: container(accent)('#eef3f7'),
    accent: container(accent)('#e3f0f8'),
    good: container(accent)('#e4f4ea'),
    warning: container(accent)('#fdf1dd'),
    attention: container(accent)('#fbe6e7'),
  },
  actions: {
    maxActions: 10,
    spacing: 'default',
    buttonSpacing: 8,
    actionsOrientation: 'horizontal',
    actionAlignment: 'left',
    showCard: { actionMode: 'inline', inlineTopMargin: 8 },
  },
  adaptiveCard: { allowCustomStyle: false },
  textBlock: { headingLevel: 3 },
  factSet: {
    title: {
      color: 'default',
      size: 'default',
      isSubtle: true,
      weight: 'default',
      wrap: true,
      maxWidth: 140,
    },
    value: { color: 'default', size: 'default', isSubtle: false, weight: 'default', wrap: true },
    spacing: 12,
  },
  inputs: { label: { requiredInputs: { suffix: ' *' } } },
});
