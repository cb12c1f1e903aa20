/** Tags in which a prompt holds what others wrote. No text that is fenced keeps a form of one. */
export const FENCE_TAGS = ['chat_session', 'take', 'trajectory', 'passage'] as const;
export type FenceTag = (typeof FENCE_TAGS)[number];

/** Tags that a model may take for the word of whoever runs it. Nothing is fenced in them. */
export const COMMANDING_TAGS = ['system', 'instructions'] as const;
