namespace Trading.Tests.Faults;

/// <summary>A folder that a server archives to.</summary>
internal static class ArchiveFolder
{
    /// <summary>Deletes it, though a server may be writing a last file there.</summary>
    public static Task DeleteAsync(string folder) => Eventually.IsTrueAsync(
        () =>
        {
            try
            {
                Directory.Delete(folder, recursive: true);
            }
            catch (DirectoryNotFoundException)
            {
                return Task.FromResult(true);
            }
            catch (IOException)
            {
                return Task.FromResult(false);
            }

            return Task.FromResult(true);
        },
        $"{folder} is deleted");
}
