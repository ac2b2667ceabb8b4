-- What a customer cost is summed up on their page.

CREATE INDEX approval_customer ON approval (customer) WHERE customer IS NOT NULL;
