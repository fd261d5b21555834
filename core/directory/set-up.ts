/** What a desk still needs before it may answer real people. */

export const SET_UP_NEEDS = ['profile', 'directory', 'admins'] as const;
export type SetUpNeed = (typeof SET_UP_NEEDS)[number];

/** The state of a desk that waits for its partner profile. */
export interface SetUp {
  readonly needs: readonly SetUpNeed[];
  /** The store still holds the profile of the fictional sample; nobody is answered from it. */
  readonly sampleKept: boolean;
}
