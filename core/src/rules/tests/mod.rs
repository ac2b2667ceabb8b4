//! Who may do what, written out cell by cell, and what a hostile app might try.
