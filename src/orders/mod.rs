//! The chain from 点单 to 评单.
