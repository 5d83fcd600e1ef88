/** Why the form as a whole was refused, read out at once. */
export const Failed = ({ words }: { words: string }) => (
  <div role="alert">
    {words && (
      <p className="note" data-tone="red">
        <bdi>{words}</bdi>
      </p>
    )}
  </div>
);
