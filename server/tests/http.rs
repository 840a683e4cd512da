//! HTTP through the real router on a real database, with the demo contests in it.

mod http {
    pub mod site;

    mod authorisation;
    mod form;
    mod invitations;
    mod messages;
    mod pages;
    mod printing;
    mod register;
    mod s3;
    mod safety;
    mod tus;
    mod unit;
}
