"""Tests of the reader of key-project lists."""
