//! HTTP through the real router on a real database, with the demo contests in it.

mod http {
    pub mod site;

    mod authorisation;
    mod invitations;
    mod pages;
    mod safety;
}
