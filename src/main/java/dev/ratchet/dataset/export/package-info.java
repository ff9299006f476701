/** What people said, as files: rows in the forms that trainers read, each with where it comes from. */
package dev.ratchet.dataset.export;
