/**
 * What reviewers are asked: kinds of questions, the answers they take, and what those say of which response is better.
 */
package dev.ratchet.question;
