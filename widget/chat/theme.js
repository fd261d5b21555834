/** The look of Web Chat and its cards, in the colours of the surrounding page. */

const FONT =
  "'Segoe UI', system-ui, -apple-system, 'PingFang TC', 'Microsoft JhengHei', 'Noto Sans TC', sans-serif";
/**
 * The colours are the names of palette.css. So the browser itself changes between light and dark, and Web Chat draws
 * nothing again.
 */
const INK = 'var(--ink)';
const QUIET = 'var(--quiet)';
const ACCENT = 'var(--accent)';
const ON_ACCENT = 'var(--on-accent)';
const PAPER = 'var(--paper)';
const LINE = 'var(--line)';

/** Web Chat's own settings. */
export const STYLE_OPTIONS = {
  primaryFont: FONT,
  accent: ACCENT,
  subtle: QUIET,
  backgroundColor: 'var(--page)',
  rootHeight: '100%',
  paddingRegular: 12,
  paddingWide: 16,
  bubbleBackground: PAPER,
  bubbleTextColor: INK,
  bubbleBorderColor: LINE,
  bubbleBorderRadius: 10,
  bubbleBorderWidth: 1,
  bubbleMaxWidth: 560,
  bubbleMinHeight: 38,
  bubbleFromUserBackground: ACCENT,
  bubbleFromUserTextColor: ON_ACCENT,
  bubbleFromUserBorderColor: ACCENT,
  bubbleFromUserBorderRadius: 10,
  bubbleFromUserBorderWidth: 1,
  botAvatarInitials: undefined,
  userAvatarInitials: undefined,
  hideUploadButton: true,
  sendBoxBackground: PAPER,
  sendBoxTextColor: INK,
  sendBoxPlaceholderColor: QUIET,
  sendBoxButtonColor: ACCENT,
  sendBoxButtonColorOnHover: ACCENT,
  sendBoxButtonColorOnFocus: ACCENT,
  sendBoxBorderTop: '1px solid var(--line)',
  sendBoxHeight: 48,
  suggestedActionLayout: 'flow',
  suggestedActionBackgroundColor: PAPER,
  suggestedActionTextColor: ACCENT,
  suggestedActionBorderColor: ACCENT,
  suggestedActionBorderRadius: 16,
  suggestedActionBorderWidth: 1,
  suggestedActionHeight: 34,
  cardPushButtonBackgroundColor: ACCENT,
  cardPushButtonTextColor: ON_ACCENT,
  transcriptOverlayButtonBackground: ACCENT,
  adaptiveCardsParserMaxVersion: '1.5',
  autoScrollSnapOnPage: true,
  groupTimestamp: 300000,
  showAvatarInGroup: 'status',
  failedConnectivity: 'var(--attention)',
  slowConnectivity: 'var(--warning)',
  notificationText: QUIET,
  toastWarnBackgroundColor: 'var(--note)',
  toastWarnColor: INK,
  toastErrorBackgroundColor: 'var(--on-attention)',
  toastErrorColor: INK,
  toastInfoBackgroundColor: 'var(--tint)',
  toastInfoColor: INK,
  transcriptVisualKeyboardIndicatorColor: INK,
  transcriptActivityVisualKeyboardIndicatorColor: QUIET,
  transcriptOverlayButtonColor: ON_ACCENT,
  transcriptOverlayButtonColorOnHover: ON_ACCENT,
  transcriptOverlayButtonColorOnFocus: ON_ACCENT,
  transcriptOverlayButtonBackgroundOnHover: ACCENT,
  transcriptOverlayButtonBackgroundOnFocus: ACCENT,
};

const COLORS = {
  default: { default: INK, subtle: QUIET },
  dark: { default: INK, subtle: QUIET },
  light: { default: INK, subtle: QUIET },
  accent: { default: ACCENT, subtle: ACCENT },
  good: { default: 'var(--good)', subtle: 'var(--good)' },
  warning: { default: 'var(--warning)', subtle: 'var(--warning)' },
  attention: { default: 'var(--attention)', subtle: 'var(--attention)' },
};

const container = (/** @type {string} */ backgroundColor) => ({ backgroundColor, foregroundColors: COLORS });

/** The cards' host config: every pair of colours has a contrast of 4.5 or more. */
export const HOST_CONFIG = {
  fontFamily: FONT,
  supportsInteractivity: true,
  fontSizes: { small: 12, default: 14, medium: 16, large: 18, extraLarge: 23 },
  fontWeights: { lighter: 300, default: 400, bolder: 600 },
  lineHeights: { small: 17, default: 20, medium: 22, large: 26, extraLarge: 30 },
  spacing: { small: 4, default: 8, medium: 12, large: 18, extraLarge: 28, padding: 12 },
  separator: { lineThickness: 1, lineColor: LINE },
  containerStyles: {
    default: container(PAPER),
    emphasis: container('var(--emphasis)'),
    accent: container('var(--tint)'),
    good: container('var(--on-good)'),
    warning: container('var(--note)'),
    attention: container('var(--on-attention)'),
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
