-- How a customer compares with the others: recency, frequency and money, each 1 to 5, and the name of the corner they stand in.
alter table contacts
  add column rfm_recency   smallint check (rfm_recency between 1 and 5),
  add column rfm_frequency smallint check (rfm_frequency between 1 and 5),
  add column rfm_money     smallint check (rfm_money between 1 and 5),
  add column rfm_band      text;
create index contacts_by_band on contacts (rfm_band, rfm_recency, rfm_frequency) where rfm_band is not null;
