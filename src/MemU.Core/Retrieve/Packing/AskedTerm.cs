namespace MemU.Retrieve;

/// <summary>A term of a question by its number, and what it is worth to find it.</summary>
internal readonly record struct AskedTerm(int Number, double Worth);
