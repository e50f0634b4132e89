/** How large texts are now, 1 being the usual size (100 to 200 % by the user's wish): for what is drawn and cannot be styled in rem. */
export const textScale = (): number => (Number.parseFloat(getComputedStyle(document.documentElement).fontSize) || 16) / 16
