update segments set kept_by = 'improvement'
 where id in (select treated_segment_id from improvements union select held_segment_id from improvements);
