/** What people said, as files for other programs: rows in the forms that trainers read, each with where it comes from. */
package dev.ratchet.dataset.export;
