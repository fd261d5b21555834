/** How Web Chat and the cards in it look; the colours are those of the page around them. */

const FONT =
  "'Segoe UI', system-ui, -apple-system, 'PingFang TC', 'Microsoft JhengHei', 'Noto Sans TC', sans-serif";
const INK = '#1b2733';
const QUIET = '#51606e';
const ACCENT = '#0f5c8c';

/** Web Chat's own settings. */
export const styleOptions = {
  primaryFont: FONT,
  accent: ACCENT,
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
  bubbleFromUserBackground: ACCENT,
  bubbleFromUserTextColor: '#ffffff',
  bubbleFromUserBorderColor: ACCENT,
  bubbleFromUserBorderRadius: 10,
  bubbleFromUserBorderWidth: 1,
  botAvatarInitials: undefined,
  userAvatarInitials: undefined,
  hideUploadButton: true,
  sendBoxBackground: '#ffffff',
  sendBoxTextColor: INK,
  sendBoxPlaceholderColor: QUIET,
  sendBoxButtonColor: ACCENT,
  sendBoxButtonColorOnHover: '#0a4469',
  sendBoxButtonColorOnFocus: '#0a4469',
  sendBoxBorderTop: '1px solid #dbe2e8',
  sendBoxHeight: 48,
  suggestedActionLayout: 'flow',
  suggestedActionBackgroundColor: '#ffffff',
  suggestedActionTextColor: ACCENT,
  suggestedActionBorderColor: ACCENT,
  suggestedActionBorderRadius: 16,
  suggestedActionBorderWidth: 1,
  suggestedActionHeight: 34,
  transcriptOverlayButtonBackground: ACCENT,
  adaptiveCardsParserMaxVersion: '1.5',
  autoScrollSnapOnPage: true,
  groupTimestamp: 300000,
  showAvatarInGroup: 'status',
};

const colors = {
  default: { default: INK, subtle: QUIET },
  dark: { default: INK, subtle: QUIET },
  light: { default: '#ffffff', subtle: '#e7edf2' },
  accent: { default: ACCENT, subtle: ACCENT },
  good: { default: '#0b6a3f', subtle: '#0b6a3f' },
  warning: { default: '#8a4b00', subtle: '#8a4b00' },
  attention: { default: '#a4262c', subtle: '#a4262c' },
};

const container = (/** @type {string} */ backgroundColor) => ({ backgroundColor, foregroundColors: colors });

/** The cards' host config: every pair of colours has a contrast of 4.5 or more. */
export const adaptiveCardsHostConfig = {
  fontFamily: FONT,
  supportsInteractivity: true,
  fontSizes: { small: 12, default: 14, medium: 16, large: 19, extraLarge: 23 },
  fontWeights: { lighter: 300, default: 400, bolder: 600 },
  lineHeights: { small: 17, default: 20, medium: 22, large: 26, extraLarge: 30 },
  spacing: { small: 4, default: 8, medium: 12, large: 18, extraLarge: 28, padding: 12 },
  separator: { lineThickness: 1, lineColor: '#dbe2e8' },
  containerStyles: {
    default: container('#ffffff'),
    emphasis: container('#eef3f7'),
    accent: container('#e3f0f8'),
    good: container('#e4f4ea'),
    warning: container('#fdf1dd'),
    attention: container('#fbe6e7'),
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
};
