/** The groups of the preset gallery, in the order in which it shows them. Words only; which preset is where: its own file. */

export const PRESET_GROUPS = [
  { id: "first-steps", name: "First steps", description: "A GAN at work, in half a minute." },
  {
    id: "failures",
    name: "Failures and cures",
    description: "The two classic ways in which a GAN fails, and what helps.",
  },
  { id: "losses", name: "Losses", description: "The same clusters, another game: which loss finds them all?" },
  { id: "shapes", name: "Shapes", description: "Curves, gaps and corners that a smooth generator has to bend to." },
  { id: "images", name: "Images", description: "Digits, clothes and faces from noise, in minutes." },
  { id: "models", name: "Other models", description: "Told the class, or no game at all: the GAN's nearest kin." },
] as const;

export type PresetGroupId = (typeof PRESET_GROUPS)[number]["id"];
