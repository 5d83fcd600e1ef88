const tones = ["violet", "blue", "teal", "green", "amber", "pink"];

/** Rondo's mark: the six stages as one ring. Size in px. */
export const Mark = ({ size }: { size: number }) => (
  <svg width={size} height={size} viewBox="0 0 32 32" fill="none" strokeWidth={4.5} aria-hidden>
    {tones.map((tone, i) => (
      <circle
        key={tone}
        cx={16}
        cy={16}
        r={12}
        stroke={`var(--tone-${tone})`}
        strokeDasharray="10.6 64.8"
        transform={`rotate(${i * 60 - 90} 16 16)`}
      />
    ))}
  </svg>
);
